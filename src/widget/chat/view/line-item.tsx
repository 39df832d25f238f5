import { Component } from "preact";
import { dayOf, daysAgo } from "../page/clock.ts";
import type { Line } from "../talk/line.ts";
import { DeskMessage } from "./desk-message.tsx";
import { OwnMessage } from "./own-message.tsx";
import { useRoom } from "./room.ts";

interface LineItemProps {
  line: Line;
  /** What was said before it; a new day is told between the two. */
  before: Line | undefined;
  rating: "up" | "down" | undefined;
  /** Whether its choices can be chosen now. */
  live: boolean;
  /** What was said next, where that tells what was chosen. */
  after: Line | undefined;
}

/** A line with the day that it begins. It is drawn again only when something of it has changed. */
export class LineItem extends Component<LineItemProps> {
  override shouldComponentUpdate(next: LineItemProps): boolean {
    const { line, before, rating, live, after } = this.props;
    return (
      line !== next.line ||
      before !== next.before ||
      rating !== next.rating ||
      live !== next.live ||
      after !== next.after
    );
  }

  override render({ line, before, rating, live, after }: LineItemProps) {
    return (
      <>
        <Day at={line.at} before={before?.at} />
        {line.by === "customer" ? (
          <OwnMessage line={line} />
        ) : (
          <DeskMessage line={line} rating={rating} live={live} after={after} />
        )}
      </>
    );
  }
}

function Day({ at, before }: { at: number; before: number | undefined }) {
  const { t, locale } = useRoom();
  const day = dayOf(at, locale);
  if (before === undefined ? daysAgo(at, Date.now()) === 0 : dayOf(before, locale) === day) return null;
  const ago = daysAgo(at, Date.now());
  return (
    <li class="day">
      <span>{ago === 0 ? t("today") : ago === 1 ? t("yesterday") : day}</span>
    </li>
  );
}
