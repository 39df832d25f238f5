import { useAround } from "./context.ts";
import { Field } from "./field.tsx";

/** A password that is chosen, typed twice. */
export function NewPassword({
  label,
  value,
  onValue,
  again,
  onAgain,
}: {
  label: string;
  value: string;
  onValue: (value: string) => void;
  again: string;
  onAgain: (value: string) => void;
}) {
  const { t } = useAround();
  return (
    <>
      <Field
        label={label}
        hint={t("enrol.password-hint")}
        type="password"
        autoComplete="new-password"
        value={value}
        onValue={onValue}
        required
      />
      <Field
        label={t("enrol.again")}
        type="password"
        autoComplete="new-password"
        value={again}
        onValue={onAgain}
        required
      />
    </>
  );
}
