import { render } from "preact";
import type { Shell } from "../shell.ts";
import { Api } from "./api.ts";
import { listenToKeys } from "./keys.ts";
import { App } from "./view/app.tsx";
import "./styles/console.css";

/** The console: reads what the server has put into the page, and begins. */
const shell = JSON.parse(document.getElementById("shell")?.textContent ?? "null") as Shell;
const place = document.getElementById("console");
listenToKeys();
if (place) render(<App shell={shell} api={new Api()} />, place);
