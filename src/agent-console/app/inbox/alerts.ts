/** How this browser calls its agent. Both are off until somebody turns them on here. */
export interface Alerts {
  sound: boolean;
  desktop: boolean;
}

const KEPT = "madoguchi-console-alerts";

/** What was chosen in this browser; nothing else is kept there but the language. */
export function alertsKept(): Alerts {
  const kept = remembered().split(" ");
  return { sound: kept.includes("sound"), desktop: kept.includes("desktop") && mayNotify() };
}

export function keepAlerts({ sound, desktop }: Alerts): void {
  try {
    localStorage.setItem(KEPT, [sound && "sound", desktop && "desktop"].filter(Boolean).join(" "));
  } catch {
    // A browser that keeps nothing is asked again the next time.
  }
}

/** Asks the browser; false when it, or whoever sits there, says no. */
export async function askToNotify(): Promise<boolean> {
  if (!("Notification" in globalThis)) return false;
  return (await Notification.requestPermission()) === "granted";
}

const mayNotify = (): boolean => "Notification" in globalThis && Notification.permission === "granted";

/** Shown outside of the page, where others may look on: the words hold counts and names of operators alone. */
export function notify(title: string, text: string, onClick: () => void): void {
  if (!mayNotify()) return;
  try {
    const shown = new Notification(title, { body: text, tag: "madoguchi-console" });
    shown.onclick = () => {
      window.focus();
      onClick();
      shown.close();
    };
  } catch {
    // Some browsers allow them to service workers alone.
  }
}

function remembered(): string {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}
