import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useAround } from "./context.ts";
import { LanguageButton } from "./language-button.tsx";

/** The page around what comes before the console: signing in, an invitation, a word that it is not open. */
export function Front({
  heading,
  children,
  wide = false,
  onLanguage,
}: {
  heading: string;
  children: ComponentChildren;
  wide?: boolean;
  onLanguage: () => void;
}) {
  const { t } = useAround();
  const title = useRef<HTMLHeadingElement>(null);
  // Whoever listens to the page hears where it has brought them.
  useEffect(() => title.current?.focus(), [heading]);
  return (
    <div class="front">
      <header class="front-head">
        <p class="mark">
          {t("product")} <span>{t("place")}</span>
        </p>
        <LanguageButton onLanguage={onLanguage} />
      </header>
      <main class={wide ? "card wide" : "card"}>
        <h1 ref={title} tabIndex={-1}>
          {heading}
        </h1>
        {children}
      </main>
    </div>
  );
}
