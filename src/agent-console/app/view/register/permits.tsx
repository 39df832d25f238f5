import { useEffect, useState } from "preact/hooks";
import type { Desk } from "../../me.ts";
import { useAround } from "../context.ts";

interface Wish {
  id: string;
  name: string;
  reason: string;
  own: boolean;
}

/** Colleagues who wait for an approval to read on; nothing while there are none. */
export function Permits({ desk }: { desk: Desk }) {
  const { t, api } = useAround();
  const [wishes, setWishes] = useState<readonly Wish[]>([]);

  async function load(): Promise<void> {
    const found = await api.get<{ wishes: Wish[] }>(`operators/${desk.id}/permits`);
    if (found.kind === "ok") setWishes(found.value.wishes);
  }
  useEffect(() => {
    void load();
    const look = () => void (document.hasFocus() && load());
    addEventListener("focus", look);
    return () => removeEventListener("focus", look);
  }, [desk.id]);

  async function approve(id: string): Promise<void> {
    await api.post(`operators/${desk.id}/permits/approve`, { id });
    await load();
  }

  if (wishes.length === 0) return null;
  return (
    <section class="prepared" aria-label={t("permit.wishes")}>
      <h2>{t("permit.wishes")}</h2>
      <ul class="lines">
        {wishes.map(({ id, name, reason, own }) => (
          <li key={id}>
            <bdi>{t("permit.wish", { name, reason })}</bdi>
            {own ? (
              <span class="faint">{t("permit.own")}</span>
            ) : (
              <button type="button" onClick={() => void approve(id)}>
                {t("permit.approve")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
