// The letters Mafaka writes with. A font that lacks one of them breaks somebody's name, so the build fails.

const LATIN = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"].join("");
const ASCII_SIGNS = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/** Letters beyond a–z, language by language; capitals are added below. */
export const LANGUAGES = {
  french: "àâäæçéèêëîïôöœùûüÿ",
  hausa: "ɓɗƙƴʼàáâèéêìíîòóôùúûāēīōūãẽ",
  zarma: "ãẽĩõũŋɲžšâêôûǎ",
  fulfulde: "ɓɗŋɲƴñʼ",
  kanuri: "əǝɍŋàáâèéêìíîòóôùúû",
  tamasheq: "ăǝəâêîôûḍḷṣṭẓǧɣŋšžḥɛǰ",
  neighbours: "ẹọṣịụńǹ", // Yoruba, Igbo and Arabic names as they are written in papers
};

/** Tones and nasal vowels that have no ready-made letter. */
const COMBINING = "\u0300\u0301\u0302\u0303\u0304\u0306\u0308\u030c\u0323";

const SIGNS = "\u00a0\u202f’‘“”«»‹›–—…•·°±×÷²³№€§©ªº→←↑↓✓≤≥−";

const lower = Object.values(LANGUAGES).join("");

/** What the served fonts must hold, or the build stops. */
export const REQUIRED = [...new Set(LATIN + lower + [...lower].map(capital).join("") + ASCII_SIGNS + "\u00a0’«»–…•°±€")].join("");

/** What is kept where the source font has it. */
export const WANTED = [...new Set(REQUIRED + SIGNS + COMBINING)].join("");

/** The capital, where Unicode has a single letter for it (ǰ has none). */
function capital(letter) {
  const upper = letter.toUpperCase();
  return [...upper].length === 1 ? upper : "";
}
