import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useAround } from "./context.ts";

/** What of an input differs from field to field. */
interface Input {
  autoComplete?: string;
  autoCapitalize?: "none";
  spellcheck?: false;
  inputMode?: "numeric";
  maxLength?: number;
  required?: boolean;
}

interface FieldProps extends Input {
  type?: "text" | "password" | "date";
  label: string;
  hint?: string;
  value: string;
  onValue: (value: string) => void;
}

/** A field with its label and its hint. */
export function Field({ label, hint, value, onValue, type = "text", ...input }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...(input as object)}
        type={type as "text"}
        id={id}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
      />
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** The same for many lines. */
export function Area({
  label,
  value,
  onValue,
  lang,
  rows = 3,
  required = false,
}: {
  label: string;
  value: string;
  onValue: (value: string) => void;
  lang?: string;
  rows?: number;
  required?: boolean;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        lang={lang}
        required={required}
        maxLength={4_000}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  );
}

/** What went wrong, read out at once. Its place is there before it is needed, or some readers stay silent. */
export const Problem = ({ text }: { text: string | undefined }) => (
  <div role="alert">{text !== undefined && <p class="problem">{text}</p>}</div>
);

/** What ends a form: it is sent, or left. */
export function SendOrLeave({
  send,
  disabled,
  onLeave,
}: {
  /** What the button that sends says. */
  send: string;
  disabled: boolean;
  onLeave: () => void;
}) {
  const { t } = useAround();
  return (
    <p class="row">
      <button type="submit" class="main-button" disabled={disabled}>
        {send}
      </button>
      <button type="button" onClick={onLeave}>
        {t("cancel")}
      </button>
    </p>
  );
}

/** A form that is sent once at a time. */
export function Form({
  onSend,
  busy,
  children,
  label,
}: {
  onSend: () => void;
  busy: boolean;
  children: ComponentChildren;
  label: string;
}) {
  return (
    <form
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSend();
      }}
    >
      {children}
    </form>
  );
}
