# Words for the shell scripts: what is being done, and what went wrong in one sentence. To be sourced.

tell() { printf '%s  [%s]\n' "$1" "$2"; }

stop() { # stop FRENCH ENGLISH: one sentence, then leave
  printf '%s\n[%s]\n' "$1" "$2" >&2
  exit 1
}

try() { # try COMMAND...: run it quietly; where it fails, say the likely reason in one sentence
  "$@" >"$log" 2>&1 </dev/null || explain "$*"
}

explain() { # explain COMMAND: read the log of a failed command and leave with the sentence that fits
  if grep -qiE 'no space left|ENOSPC|disk quota' "$log"; then
    stop "Le disque est plein : libérez de la place, puis recommencez." "The disk is full."
  elif grep -qiE 'do not match the hashes|EINTEGRITY' "$log"; then
    stop "Un paquet reçu n’est pas celui qui est attendu : rien n’a été installé ; réessayez depuis un autre réseau." \
      "A package does not match its hash in the lock file: nothing was installed."
  elif grep -qiE 'name resolution|network is unreachable|connection (refused|error|reset|timed out)|newconnectionerror|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|could not resolve|failed to fetch|temporary failure|max retries|read timed out' "$log"; then
    stop "Le réseau ne répond pas, et la première installation en a besoin : vérifiez la connexion, puis recommencez." \
      "The network does not answer, and the first installation needs it."
  elif grep -qiE 'permission denied|EACCES|read-only file system|EROFS' "$log"; then
    stop "Ce dossier ne peut pas être écrit : vérifiez à qui il appartient." "This folder cannot be written to."
  fi
  tail -n 15 "$log" >&2
  stop "Cette étape n’a pas réussi (voir ci-dessus) : $1" "This step failed, see above."
}
