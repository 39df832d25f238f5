import type { RefObject } from "preact";
import { useEffect, useImperativeHandle, useRef, useState } from "preact/hooks";
import type { Form } from "../talk/form.ts";
import { useComposing } from "./composing.ts";
import { useFiles } from "./files.ts";
import { fieldOf } from "./form/field.ts";
import { SendIcon } from "./icons.tsx";
import { useRoom } from "./room.ts";

export interface ComposerHandle {
  /** Puts words back that were not sent. */
  fill(text: string): void;
}

interface ComposerProps {
  handle: RefObject<ComposerHandle | null>;
  /** The form that waits for an answer. */
  form: Form | undefined;
  /** A person reads what is written. */
  person: boolean;
}

/** From here on it tells how many characters are left. */
const TELL = 200;

/** Where one writes. Enter sends and Shift+Enter begins a line; while an input method composes, Enter is its own. */
export function Composer({ handle, form, person }: ComposerProps) {
  const { desk, chat, t } = useRoom();
  const { limit = desk.maxLength, rows, ...attributes } = fieldOf(form?.question);
  const [text, setText] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  const composing = useComposing();
  const hasMouse = () => matchMedia("(hover: hover) and (pointer: fine)").matches;
  useImperativeHandle(handle, () => ({
    fill: (words) => {
      setText((now) => (now.trim() === "" ? words : `${words}\n${now}`));
      box.current?.focus();
    },
  }));
  useEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, 160)}px`;
  }, [text, rows]);
  useEffect(() => {
    // Only where the keyboard already is: a chat that opens again on the next page must not take it away.
    const take = () => {
      if (hasMouse() && document.hasFocus() && document.activeElement === document.body) box.current?.focus();
    };
    take();
    addEventListener("focus", take);
    return () => removeEventListener("focus", take);
  }, []);
  useFiles((types) => chat.send(t("form.file"), undefined, types));
  const left = limit - text.length;
  const ready = text.trim() !== "" && left >= 0;
  const send = () => {
    if (!ready) return;
    chat.send(text.trim());
    setText("");
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || composing.isOn(event) || !hasMouse()) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      class="composer"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label class="unseen" for="message">
        {t("composer.label")}
      </label>
      <div class="write">
        <textarea
          id="message"
          ref={box}
          rows={rows}
          {...attributes}
          value={text}
          placeholder={t(person ? "composer.person" : form ? "composer.answer" : "composer.placeholder")}
          aria-describedby="hint"
          enterkeyhint="send"
          onInput={({ currentTarget: { value } }) => {
            setText(value);
            if (value.trim() !== "") void chat.typing();
          }}
          onKeyDown={onKeyDown}
          onCompositionStart={composing.onStart}
          onCompositionEnd={composing.onEnd}
        />
        <button type="submit" class="send" aria-label={t("composer.send")} aria-disabled={!ready}>
          <SendIcon />
        </button>
      </div>
      <p class="hint" id="hint">
        <span>{t(person ? "composer.person-hint" : form ? "composer.answer-hint" : "composer.hint")}</span>
        {(left < TELL || rows > 1) && (
          <span role="status" class={left < 0 ? "over" : undefined}>
            {t(left < 0 ? "composer.over" : "composer.left", { count: Math.abs(left) })}
          </span>
        )}
      </p>
    </form>
  );
}
