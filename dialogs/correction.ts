import type { Form, Slot } from "../src/dialog/form/form.ts";
import { choice, REPLY, WHO } from "./slots.ts";

const item: Slot = choice("item", ["name", "address", "telephone", "email", "payment", "other"]);
const wrong: Slot = {
  name: "wrong",
  answer: { kind: "text" },
  about: "item",
  change: "before",
  sensitive: true,
  asks: ["telephone", "email"],
};
const right: Slot = {
  name: "right",
  answer: { kind: "text" },
  about: "item",
  change: "after",
  sensitive: true,
  asks: ["telephone", "email"],
};
const evidence: Slot = choice("evidence", ["yes", "no"]);

/** 訂正・追加・削除: data that is not true (法34条). */
export const correction: Form = {
  id: "correction",
  end: "file",
  slots: [item, wrong, right, evidence, ...WHO, ...REPLY],
};
