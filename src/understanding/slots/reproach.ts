/** "…だって言ってるだろ！", "…ってば", "…, I told you already": what stands behind an answer that is given once more. */
const AFTER =
  /(?:だ|です)?(?:って(?:ば|さ)|って(?=[!！。])|(?:って|と)何(?:度|回)(?:言|い)(?:え|わ|っ)[^\s、。!！?？]{0,12}|(?:って|と)[\s、]?(?:何度も|何回も|さっきから|さっき|もう){0,2}(?:言|い|書)(?:って|った|いて|いた)[^\s、。!！?？]{0,10})[\s、。!！?？]{0,5}$|[\s,.;!-]{1,4}(?:like|as)?\s?i(?:'ve| have| already| just)?\s?(?:told you|said|wrote)(?: (?:so|that|already|before|twice|it))?[\s.!?]{0,5}$|[\s,.;!-]{1,4}for the (?:second|third|fourth|fifth|last|hundredth|umpteenth) time[\s.!?]{0,5}$/i;
/** "だから…", "何度も言うけど…", "like I said, …": what stands before one. */
const BEFORE =
  /^(?:だから(?:さ|ね)?|だーかーら|(?:何度も|何回も|さっき(?:も|から)?)(?:言|い)(?:う|い|って|った|っている|ってる)(?:けど|けれど|が|ように|とおり|通り|ますが|ましたが|ましたけど))[\s、,!！]{0,3}|^(?:(?:like|as) i(?: already)? said|i(?:'ve)?(?: already)? told you|for the (?:second|third|fourth|fifth|last) time)(?:[,.:;!-]\s{0,3}|\s(?=it'?s |it is |my |i'?m |i am ))/i;

/** An answer without the reproach that it was given before; what is nothing else is left alone. */
export function withoutReproach(text: string): string {
  const bare = text.trim().replace(AFTER, "").replace(BEFORE, "").trim();
  return bare === "" ? text : bare;
}
