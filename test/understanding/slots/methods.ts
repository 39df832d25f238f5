import type { Option } from "../../../src/understanding/slots/options.ts";

/** Ways to be answered. */
export const METHODS: readonly Option[] = [
  { value: "email", names: ["メール", "電子メール", "email", "e-mail", "mail"] },
  { value: "paper", names: ["郵送", "紙", "post", "paper", "by post"] },
  { value: "phone", names: ["電話", "でんわ", "telephone", "phone"] },
];
