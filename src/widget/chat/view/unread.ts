import { useEffect, useRef } from "preact/hooks";
import { chime } from "../page/sound.ts";
import type { Talk } from "../talk/state.ts";
import { useArrivals } from "./arrivals.ts";
import type { Room } from "./room.ts";

/** Counts what came while nobody looked, tells the page, and rings where the customer wants it. */
export function useUnread({ host, chat }: Room, talk: Talk): void {
  const count = useRef(0);
  const seen = () => host.shown && document.visibilityState === "visible";
  useArrivals(talk, (lines) => {
    if (seen()) return;
    count.current += lines.length;
    host.unread(count.current);
    if (chat.keep.get("sound") === "on") chime();
  });
  useEffect(() => {
    const look = () => {
      if (!seen() || count.current === 0) return;
      count.current = 0;
      host.unread(0);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [host.shown]);
}
