import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { dayOf } from "../page/clock.ts";
import { liveChoices, type Talk } from "../talk/state.ts";
import { Choices } from "./choices.tsx";
import { useEarlier } from "./earlier.ts";
import { FormChoices } from "./form/form-choices.tsx";
import { MoreIcon } from "./icons.tsx";
import { LineItem } from "./line-item.tsx";
import { Notice } from "./notice.tsx";
import { useRoom } from "./room.ts";
import { Typing } from "./typing.tsx";
import { UnsentMessage } from "./unsent-message.tsx";

/** So near to its end the list follows what comes, in pixels. */
const NEAR = 120;
/** Left free above what is brought into sight, in pixels. */
const MARGIN = 16;
/** A question up to this height is kept in sight with its answer, in pixels. */
const SHORT = 160;

/** Everything that was said, oldest first. `onReturn`: words that were not sent go back to where one writes. */
export function Messages({ talk, onReturn }: { talk: Talk; onReturn: (text: string) => void }) {
  const { t, locale, desk } = useRoom();
  const scroller = useRef<HTMLDivElement>(null);
  const near = useRef(true);
  const [below, setBelow] = useState(false);
  const last = talk.lines.at(-1);
  const ended = useRef<string | undefined>(undefined);
  const { from, showMore } = useEarlier(talk.lines.length, scroller);

  const follow = () => {
    const box = scroller.current;
    if (!box) return;
    const all = box.querySelectorAll<HTMLElement>("[data-line]");
    const newest = all[all.length - 1];
    if (newest?.dataset.by === "desk") {
      const top = topOf(newest, all[all.length - 2]) - MARGIN;
      // The answers to a question stand below it: both are shown, where there is room for both.
      // What a request begins with (what it is, what it costs) comes first all the same.
      const begins = newest.querySelector(".short") !== null;
      const question = begins ? null : newest.querySelector<HTMLElement>(".question");
      const end = box.scrollHeight - box.clientHeight;
      box.scrollTop = question ? Math.max(top, Math.min(end, offsetIn(box, question) - MARGIN)) : top;
    } else box.scrollTop = newest ? box.scrollHeight : 0;
    setBelow(false);
  };
  useLayoutEffect(() => {
    const first = ended.current === undefined;
    if (last?.id === ended.current && talk.unsent.length === 0) return;
    ended.current = last?.id;
    if (first || near.current || last?.by === "customer" || talk.unsent.length > 0) follow();
    else setBelow(true);
  }, [last?.id, talk.unsent.length]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    // The on-screen keyboard makes the list shorter: what was in sight stays there.
    const observer = new ResizeObserver(() => near.current && follow());
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    near.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (near.current) setBelow(false);
  };

  const choices = liveChoices(talk);
  return (
    <div class="middle">
      <div
        class="scroller"
        ref={scroller}
        onScroll={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        role="region"
        aria-label={t("log")}
      >
        <p class="printed">
          {t("printed", { name: desk.name[locale], date: dayOf(last?.at ?? Date.now(), locale) })}
        </p>
        <Notice talk={talk} />
        {from > 0 && (
          <button type="button" class="quiet earlier" onClick={showMore}>
            {t("earlier", { count: from })}
          </button>
        )}
        <ol class="log">
          {talk.lines.slice(from).map((line, i) => (
            <LineItem
              key={line.id}
              line={line}
              before={talk.lines[from + i - 1]}
              rating={talk.ratings[line.id]}
              live={line === last && choices.length > 0}
              after={line.form && talk.lines[from + i + 1]}
            />
          ))}
          {talk.unsent.map((unsent) => (
            <UnsentMessage key={unsent.key} unsent={unsent} onReturn={onReturn} />
          ))}
        </ol>
        <Typing talk={talk} />
        {last &&
          choices.length > 0 &&
          talk.connection !== "ended" &&
          (last.form ? (
            <FormChoices key={last.id} line={last} />
          ) : (
            <Choices choices={choices} opening={last.opening} />
          ))}
      </div>
      {below && (
        <button type="button" class="latest" onClick={follow}>
          <MoreIcon />
          {t("latest")}
        </button>
      )}
    </div>
  );
}

/** How far an element is from the beginning of a list, in pixels. */
function offsetIn(box: HTMLElement, element: HTMLElement): number {
  return element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
}

/** Where an answer begins to be read: at the question before it, if that is short. The end of a long one can wait. */
function topOf(answer: HTMLElement, before: HTMLElement | undefined): number {
  return before?.dataset.by === "customer" && before.offsetHeight <= SHORT
    ? before.offsetTop
    : answer.offsetTop;
}
