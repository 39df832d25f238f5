/**
 * What stands at the head of every list of stolen passwords, as words: the lists' longer entries are made of these, of
 * runs on the keyboard, of repetition and of years. Lower case, without digits.
 */
const WORDS =
  "password passwort passw motdepasse contrasena parola senha wachtwoord administrator admin root user guest login \
welcome letmein changeme default secret master access qwerty qwertz azerty asdf asdfgh zxcvbn qazwsx qweasd qwe asd zxc \
iloveyou loveyou love monkey dragon sunshine princess football baseball basketball soccer hockey superman batman spiderman \
pokemon starwars trustno shadow michael jordan jennifer jessica ashley charlie daniel thomas robert george andrew matthew \
joshua anthony william nicole amanda michelle samantha elizabeth justin hunter killer ranger buster tigger summer winter \
spring autumn monday friday january february march april june july august september october november december computer \
internet samsung google facebook apple windows microsoft linkedin twitter yahoo hotmail gmail liverpool arsenal chelsea \
barcelona cookie chocolate banana orange pepper cheese flower butterfly angel forever family friend friends mother father \
brother sister baby hello freedom whatever nothing purple yellow silver golden diamond mustang ferrari mercedes yamaha \
honda harley corvette porsche phoenix maverick cowboy eagles yankees lakers cowboys steelers ginger maggie bailey snoopy \
mickey minnie garfield naruto pikachu doraemon hellokitty sakura tokyo osaka japan nippon nihon himitsu pasuwado tanaka \
suzuki sato takahashi watanabe yamada yamamoto nakamura hanako taro anata aishiteru daisuki arigato konnichiwa \
madoguchi callcenter customer center support privacy desk service company office test tester testing temp temporary \
sample example blah please fuckyou fuck bitch asshole money lucky happy super matrix thunder lightning cheyenne \
midnight jasmine hannah lovely loveme teamo mylove myspace blink unknown access system server database oracle cisco \
mailcreated polniypizdec sojdlg aljg leave alone gfhjkm ghjcnj sony ericsson masturb masterb flvbybcnhfnjh final fantasy \
ghbdtn rfrltkf solutions chicken wing contortionist porn graphic project need speed business babe maurolarastefy domain \
lock moms anal adventure dkflbvbhjdbx dkflbvbhjdyf hd764nw5d7e1vb1 counter strike vfvfvskfhfve fkmnthyfnbdf djivanfros \
name john combat whos your evil may cry dead people fktrcfylhjd vanya respekt qazxswedcvfr \
web new the my is you me it a i no one two see for and all with"
    .split(/\s+/)
    .sort((a, b) => b.length - a.length);

/** Neighbours on keyboards, and orders that everybody knows. */
const RUNS = [
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop[]",
  "qwertzuiop",
  "azertyuiop",
  "asdfghjkl;'",
  "zxcvbnm,./",
  "1234567890-=",
  "01234567890",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
  "1q2w3e4r5t6y7u8i9o0p-[=]",
  "q1w2e3r4t5y6u7i8o9p0",
  "qazwsxedcrfvtgbyhnujmikolp",
  "1a2b3c4d5e6f7g8h9i0j",
  "a1b2c3d4e5f6g7h8i9j0",
  "aaasssdddfff",
  "!@#$%^&*()_+",
  "!\"#$%&'()=~",
].flatMap((row) => [row, Array.from(row).reverse().join("")]);

const LEET: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/** Characters that must be left when all that is easily guessed is taken away. */
const LEAST_LEFT = 6;
const SHORTEST_RUN = 3;

/**
 * Whether a password falls to the first few thousand guesses. Taken away are common words (also in the way of p@ssw0rd),
 * words of the account's own, runs, years and repetition; what is left must be long enough to be no part of a list.
 */
export function guessable(password: string, own: readonly string[]): boolean {
  const lower = password.normalize("NFKC").toLowerCase();
  const mine = own
    .flatMap((word) =>
      word
        .normalize("NFKC")
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    )
    .filter((word) => word.length > 2);
  const read = Array.from(lower, (c) => LEET[c] ?? c).join("");
  return [lower, read].some((text) => left(text, [...mine, ...WORDS]) < LEAST_LEFT);
}

function left(text: string, words: readonly string[]): number {
  let rest = withoutRuns(unrepeated(text));
  for (const word of words) {
    // Short ones count only where nothing else stands beside them: "me" is in many a word.
    if (word.length >= 4) rest = rest.replaceAll(word, " ");
  }
  for (const word of words)
    if (word.length < 4) rest = rest.replace(new RegExp(`(?<![a-z])${escaped(word)}(?![a-z])`, "g"), " ");
  rest = withoutRuns(rest).replace(/(19|20)\d\d/g, " ");
  // Digits and marks at either end are what people add when a rule asks for them.
  const core = rest.replace(/[^\p{L}]+$/u, "").replace(/^[^\p{L}]+/u, "");
  return new Set(core.replace(/\s/g, "")).size;
}

/** A text that says one thing again and again, said once. */
function unrepeated(text: string): string {
  for (let unit = 1; unit <= text.length / 2; unit += 1)
    if (Array.from(text).every((_, i) => text[i] === text[i % unit])) return text.slice(0, unit);
  return text;
}

function withoutRuns(text: string): string {
  let rest = text.replace(/(.)\1{2,}/gu, " ");
  for (const row of RUNS)
    for (let i = 0; i + SHORTEST_RUN <= rest.length; i += 1) {
      let length = SHORTEST_RUN;
      if (!row.includes(rest.slice(i, i + length))) continue;
      while (i + length < rest.length && row.includes(rest.slice(i, i + length + 1))) length += 1;
      if (length > SHORTEST_RUN || /\d/.test(rest[i] ?? ""))
        rest = `${rest.slice(0, i)} ${rest.slice(i + length)}`;
    }
  return rest;
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
