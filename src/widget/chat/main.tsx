import { render } from "preact";
import type { Desk } from "../desk.ts";
import { Host } from "./page/host.ts";
import { Chat } from "./talk/chat.ts";
import { App } from "./view/app.tsx";
import "./styles/chat.css";

/** The chat's frame: reads what the server has put into the page, and begins. */
const desk = JSON.parse(document.getElementById("desk")?.textContent ?? "null") as Desk;
const language = new URLSearchParams(location.search).get("lang") ?? navigator.language;
const place = document.getElementById("chat");
if (place) render(<App desk={desk} chat={new Chat(desk, language)} host={new Host(desk)} />, place);
