import { DESKS_HERE, type Launchers } from "../desk.ts";
import { mount } from "./mount.ts";

/**
 * `<script src=".../widget/loader.js" data-operator="jcom" async></script>`: puts the launcher on a page. Nothing else
 * is loaded before it is opened. It makes no global name, keeps out of the page's styles, and never throws into it.
 */
try {
  const script = document.currentScript;
  const launchers = DESKS_HERE as unknown as Launchers;
  if (script instanceof HTMLScriptElement) mount(script, launchers);
} catch {
  // A page that we cannot live in does without us.
}
