import { useAround } from "../context.ts";

interface Counted {
  up: number;
  down: number;
  /** How many there were, rated or not. */
  ended?: number;
}

/** Thumbs by name, with their sum below: a table that can be read by its numbers alone. */
export function Counts({
  label,
  empty,
  total,
  lines,
}: {
  label: string;
  empty: string;
  total: Counted;
  lines: readonly (Counted & { key: string; name: string })[];
}) {
  const { t, language } = useAround();
  const number = new Intl.NumberFormat(language);
  const share = new Intl.NumberFormat(language, { style: "percent" });
  const cells = ({ up, down, ended }: Counted) => (
    <>
      {ended !== undefined && <td>{number.format(ended)}</td>}
      <td>{number.format(up)}</td>
      <td class={down > 0 ? "down" : undefined}>{number.format(down)}</td>
      <td>{up + down === 0 ? "–" : share.format(up / (up + down))}</td>
    </>
  );
  if (lines.length === 0) return <p class="empty-line">{empty}</p>;
  return (
    <table class="counts">
      <thead>
        <tr>
          <th scope="col">{label}</th>
          {total.ended !== undefined && <th scope="col">{t("ratings.ended")}</th>}
          <th scope="col">{t("ratings.up")}</th>
          <th scope="col">{t("ratings.down")}</th>
          <th scope="col">{t("ratings.share")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.key}>
            <th scope="row">
              <bdi>{line.name}</bdi>
            </th>
            {cells(line)}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("ratings.sum")}</th>
          {cells(total)}
        </tr>
      </tfoot>
    </table>
  );
}
