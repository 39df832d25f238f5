/** Styles of launcher and frame, behind a shadow root: nothing of the page reaches them, nothing of them the page. */
export const STYLES = `
:host {
  all: initial;
  position: fixed;
  inset: auto max(20px, env(safe-area-inset-right)) max(20px, env(safe-area-inset-bottom)) auto;
  z-index: 2147483000;
  font: 400 15px/1.6 "Hiragino Sans", "BIZ UDPGothic", "Yu Gothic UI", "Noto Sans JP", system-ui, sans-serif;
  color-scheme: light dark;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.launcher {
  display: grid; place-items: center; position: relative;
  width: 60px; height: 60px; margin: 0; padding: 0;
  border: 2px solid #fff; border-radius: 50%;
  background: var(--brand); color: #fff; cursor: pointer;
  box-shadow: 0 2px 6px rgb(10 20 40 / .22), 0 8px 24px rgb(10 20 40 / .18);
}
.glyph { font-size: 25px; font-weight: 700; line-height: 1; }
.launcher[aria-expanded="true"] .glyph { font-size: 0; }
.launcher[aria-expanded="true"] .glyph::before { content: "×"; font-size: 32px; font-weight: 400; }
.badge {
  position: absolute; inset: -6px -6px auto auto; min-width: 24px; height: 24px; padding: 0 6px;
  border: 2px solid #fff; border-radius: 12px; background: #b3261e; color: #fff;
  font-size: 12px; font-weight: 700; line-height: 20px; text-align: center;
}
.badge:empty { display: none; }
:focus-visible { outline: 3px solid #1a56c4; outline-offset: 3px; }
.box {
  position: fixed; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 12px;
  inset: auto max(20px, env(safe-area-inset-right)) calc(max(20px, env(safe-area-inset-bottom)) + 74px) auto;
  width: min(420px, calc(100vw - 40px)); height: min(700px, calc(100vh - 120px)); overflow: hidden;
  border: 1px solid rgb(20 30 50 / .16); border-radius: 18px; background: #f4f6f9; color: #1b2330;
  box-shadow: 0 4px 12px rgb(10 20 40 / .14), 0 18px 50px rgb(10 20 40 / .22);
}
.frame { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; visibility: hidden; }
.ready .frame { visibility: visible; }
.wait { margin: 0; padding: 0 32px; text-align: center; }
.ready .wait { display: none; }
.again { padding: 8px 20px; border: 1px solid currentColor; border-radius: 999px; background: none; color: inherit; font: inherit; cursor: pointer; }
:host([data-full]) .box {
  inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0;
  padding: env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left); background: var(--brand); color: #fff;
}
:host([data-full]) .frame { position: static; flex: 1; }
:host([data-full]) .launcher { display: none; }
@media (prefers-color-scheme: dark) {
  .box { background: #11151b; color: #e7ebf1; border-color: #313a46; }
  :focus-visible { outline-color: #9cc0ff; }
}
@media (forced-colors: active) { .launcher, .badge { border-color: ButtonText; } }
@media (prefers-reduced-motion: no-preference) {
  .launcher { transition: transform .15s; }
  .launcher:hover { transform: translateY(-2px); }
}
@media print { :host { display: none; } }
`;
