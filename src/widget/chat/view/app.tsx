import { useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import type { Desk } from "../../desk.ts";
import type { Host } from "../page/host.ts";
import type { Chat } from "../talk/chat.ts";
import { liveForm, personIn } from "../talk/state.ts";
import { wordsOf } from "../words.ts";
import { Announcer } from "./announcer.tsx";
import { Composer, type ComposerHandle } from "./composer.tsx";
import { ConnectionBar } from "./connection-bar.tsx";
import { Ended } from "./ended.tsx";
import { Header } from "./header.tsx";
import { Messages } from "./messages.tsx";
import { PersonBar } from "./person-bar.tsx";
import { type Room, RoomProvider } from "./room.ts";
import { useUnread } from "./unread.ts";

/** The whole chat. */
export function App({ desk, chat, host }: { desk: Desk; chat: Chat; host: Host }) {
  const [, again] = useReducer((n: number) => n + 1, 0);
  const composer = useRef<ComposerHandle>(null);
  useEffect(() => chat.watch(() => again(undefined)), [chat]);
  const { talk } = chat;
  const { locale } = talk;
  const room = useMemo<Room>(() => {
    const t = wordsOf(desk.words[locale]);
    return { desk, chat, host, locale, t, askForPerson: () => chat.send(t("person"), "handoff") };
  }, [desk, chat, host, locale]);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = room.t("page-title", { name: desk.name[locale] });
  }, [locale, room, desk]);
  useEffect(() => {
    host.onShown = () => again(undefined);
  }, [host]);
  useUnread(room, talk);
  const close = () => host.close();
  return (
    <RoomProvider value={room}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from wherever one is */}
      <div
        class="chat"
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing && host.framed) close();
        }}
      >
        <Header talk={talk} onClose={close} />
        <ConnectionBar talk={talk} />
        <PersonBar talk={talk} />
        <main>
          <Messages talk={talk} onReturn={(text) => composer.current?.fill(text)} />
          {talk.connection === "ended" ? (
            <Ended talk={talk} />
          ) : (
            <Composer handle={composer} form={liveForm(talk)} person={personIn(talk) === "here"} />
          )}
        </main>
        <Announcer talk={talk} />
      </div>
    </RoomProvider>
  );
}
