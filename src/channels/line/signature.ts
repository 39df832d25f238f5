import { createHmac, timingSafeEqual } from "node:crypto";

/** Length of a signature: 32 bytes in base64. */
const LENGTH = 44;

/**
 * Whether `given` (the header X-Line-Signature) is base64(HMAC-SHA256(channel secret, body)). The bytes must be those
 * that came: what is parsed and written again is another body. Takes the same time whatever is wrong with it.
 */
export function isSigned(secret: string, body: Uint8Array, given: string | undefined): boolean {
  const wanted = Buffer.from(createHmac("sha256", secret).update(body).digest("base64"), "latin1");
  const shown = Buffer.alloc(LENGTH);
  const whole = given !== undefined && Buffer.byteLength(given, "latin1") === LENGTH;
  if (whole) shown.write(given, "latin1");
  return timingSafeEqual(wanted, shown) && whole;
}
