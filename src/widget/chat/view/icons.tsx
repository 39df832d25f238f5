import type { JSX } from "preact";

/** Drawn on a grid of 24 with the colour of the text; they say nothing to a screen reader. */
function icon(path: string): () => JSX.Element {
  return () => (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}

export const CloseIcon = icon("M6 6l12 12M18 6L6 18");
export const MenuIcon = icon(
  "M5 10.500a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3M12 10.500a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3M19 10.500a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3",
);
export const SendIcon = icon("M12 19V5M5.5 11.5L12 5l6.5 6.5");
export const UpIcon = icon(
  "M7 11v9H4v-9zM7 11l4-8c1.7 0 2.7 1.2 2.5 2.8L13 9h5.2c1.3 0 2.2 1.2 1.9 2.4l-1.6 7c-.2 1-1 1.6-2 1.6H7",
);
export const DownIcon = icon(
  "M17 13V4h3v9zM17 13l-4 8c-1.7 0-2.7-1.2-2.5-2.8L11 15H5.800c-1.3 0-2.2-1.2-1.9-2.400l1.6-7c.2-1 1-1.6 2-1.600H17",
);
export const BookIcon = icon(
  "M5 4.500h9.500A4.5 4.5 0 0 1 19 9v10.500H8A3 3 0 0 1 5 16.500zM5 16.500a3 3 0 0 1 3-3h11",
);
export const OutIcon = icon("M14 5h5v5M19 5l-8 8M10 6H5v13h13v-5");
export const MoreIcon = icon("M6 9.500l6 6 6-6");
export const ShieldIcon = icon("M12 3.500l7 2.500v5.500c0 4.2-2.9 7.4-7 9-4.1-1.6-7-4.8-7-9V6z");
export const BotIcon = icon("M5 8.500h14v10H5zM12 8.500V5M9 13h.01M15 13h.01");
export const ClockIcon = icon("M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.500l3 1.5");
export const HandIcon = icon("M5 12.500l4.5 4.500L19 7.5");
export const PersonIcon = icon(
  "M12 4.500a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM5 20c0-3.5 3-5.5 7-5.500s7 2 7 5.5",
);
export const AlertIcon = icon("M12 4l9 16H3zM12 10v4M12 17h.01");
