import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Locale } from "../../../reply/locale.ts";
import type { Desk } from "../../desk.ts";
import type { Host } from "../page/host.ts";
import type { Chat } from "../talk/chat.ts";
import type { T } from "../words.ts";

/** What every part of the view may need. */
export interface Room {
  desk: Desk;
  chat: Chat;
  host: Host;
  locale: Locale;
  t: T;
  /** Asks for a person. */
  askForPerson: () => void;
}

const RoomContext = createContext<Room | undefined>(undefined);
export const RoomProvider = RoomContext.Provider;

export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (!room) throw new Error("outside of the room");
  return room;
}
