import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { dateKeyOf } from "../page/clock.ts";
import { save } from "../page/save.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import { MenuIcon } from "./icons.tsx";
import { useRoom } from "./room.ts";

/** What else can be done. A list of buttons behind a button: arrows, Escape and a click outside work as one expects. */
export function Menu({ ended }: { ended: boolean }) {
  const { desk, chat, locale, t, askForPerson } = useRoom();
  const [open, setOpen] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const [sound, setSound] = useState(chat.keep.get("sound") === "on");
  const [problem, setProblem] = useState("");
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const items = () => [...(root.current?.querySelectorAll<HTMLElement>(".items button, .items a") ?? [])];
  useLayoutEffect(() => {
    if (!open) return;
    items()[0]?.focus();
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (event.key === "Tab") return setOpen(false);
    else if (step) {
      const all = items();
      const at = all.indexOf(document.activeElement as HTMLElement);
      all[(at + step + all.length) % all.length]?.focus();
    } else return;
    event.preventDefault();
  };
  const item = (words: string, act: () => void, danger = false) => (
    <li>
      <button
        type="button"
        class={danger ? "danger" : undefined}
        onClick={() => {
          close();
          act();
        }}
      >
        {words}
      </button>
    </li>
  );
  const download = async () => {
    setProblem("");
    const file = await chat.transcript();
    if (file) save(file, t("file", { operator: desk.operator, date: dateKeyOf(Date.now()) }));
    else setProblem(t("save-failed"));
  };
  const ring = () => {
    chat.keep.set("sound", sound ? undefined : "on");
    setSound(!sound);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows move among the buttons inside
    <div class="menu" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        class="plain"
        ref={button}
        aria-label={t("menu.open")}
        aria-expanded={open}
        aria-controls="menu"
        onClick={() => setOpen(!open)}
      >
        <MenuIcon />
      </button>
      <ul class="items" id="menu" hidden={!open}>
        {!ended && item(t("menu.person"), askForPerson)}
        {desk.telephone && (
          <li>
            <a href={`tel:${desk.telephone.replaceAll("-", "")}`}>
              {t("menu.call", { telephone: desk.telephone })}
            </a>
          </li>
        )}
        <li>
          <a href={`/policy/${desk.operator}?lang=${locale}`} target="_blank" rel="noopener noreferrer">
            {t("menu.policy")}
            <span class="unseen">{t("new-window")}</span>
          </a>
        </li>
        {!ended && item(t("menu.save"), () => void download())}
        {item(t("menu.print"), () => window.print())}
        {item(t(sound ? "menu.sound-off" : "menu.sound-on"), ring)}
        {!ended && item(t("menu.delete"), () => setDeleting(true), true)}
      </ul>
      {problem !== "" && (
        <p class="toast" role="alert">
          {problem}
        </p>
      )}
      {deleting && <DeleteDialog onClose={() => setDeleting(false)} />}
    </div>
  );
}
