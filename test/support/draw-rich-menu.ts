import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawing } from "../../src/channels/line/rich-menu/drawing.ts";
import { AREAS, HEIGHT, WIDTH } from "../../src/channels/line/rich-menu/menu.ts";
import { drawnAt, png } from "../../src/channels/line/rich-menu/picture.ts";
import { LOCALES } from "../../src/reply/locale.ts";
import { loadTexts } from "../../src/reply/texts.ts";
import { launch } from "./browser.ts";
import { ROOT } from "./repository.ts";

/**
 * `node test/support/draw-rich-menu.ts`: draws the pictures of LINE's menu anew in a real Chromium, after their words or
 * shapes have changed. Ends with an error when words stick out of their area.
 */
const texts = await loadTexts(join(ROOT, "locales"));
const browser = await launch();
try {
  for (const locale of LOCALES) {
    const svg = drawing(texts, locale);
    const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
    await page.setContent(`<body style="margin:0">${svg}</body>`);
    const widths = await page.evaluate<[string, number][]>(
      `[...document.querySelectorAll("text")].map((e) => [e.dataset.area, e.getBBox().width])`,
    );
    const wide = widths.filter(
      ([name, width]) => width > (AREAS.find((a) => a.name === name)?.width ?? 0) - 60,
    );
    if (wide.length > 0) throw new Error(`${locale}: too wide: ${JSON.stringify(wide)}`);
    const shot = await page.screenshot();
    const shades = await page.evaluate<string>(shadesOf(shot.toString("base64")));
    const source = createHash("sha256").update(svg).digest("hex");
    writeFileSync(drawnAt(locale), png(Buffer.from(shades, "base64"), WIDTH, HEIGHT, source));
    await page.close();
  }
} finally {
  await browser.close();
}

/** The picture as one byte of darkness for each pixel, read in the page. Sixteen shades are enough for smooth edges. */
function shadesOf(screenshot: string): string {
  return `(async () => {
    const image = new Image();
    image.src = "data:image/png;base64,${screenshot}";
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const out = [];
    for (let i = 0; i < data.length; i += 8192 * 4) {
      const end = Math.min(data.length, i + 8192 * 4);
      let piece = "";
      for (let j = i; j < end; j += 4) piece += String.fromCharCode(Math.round((255 - data[j]) / 17) * 17);
      out.push(piece);
    }
    return btoa(out.join(""));
  })()`;
}
