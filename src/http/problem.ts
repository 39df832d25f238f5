import type { Answer } from "./exchange.ts";

/** Every error that a client can see, with its fixed words: nothing of the inside, nothing of the request. */
const PROBLEMS = {
  BadRequest: [400, "The request is malformed."],
  BadArgument: [400, "A field of the request is missing or invalid."],
  BadWatermark: [400, "The watermark is not one of this conversation."],
  MissingToken: [401, "The Authorization header is missing or malformed."],
  Unauthorized: [401, "The caller could not be authenticated."],
  BadSignature: [401, "The signature is missing or does not fit."],
  BadToken: [403, "The token is not valid here."],
  TokenExpired: [403, "The token has expired."],
  SignInFirst: [401, "Nobody is signed in."],
  BadSignIn: [401, "The name, the password or the code is not right."],
  Forbidden: [403, "Your role does not allow this."],
  ApprovalNeeded: [403, "A second person must approve this."],
  OriginRefused: [403, "This origin may not use this service."],
  ServiceRefused: [403, "Replies do not go to this address."],
  NotFound: [404, "There is nothing here."],
  MethodNotAllowed: [405, "This method is not allowed here."],
  Conflict: [409, "This id was used for another content."],
  TooLarge: [413, "The request is too large."],
  UriTooLong: [414, "The address is too long."],
  UnsupportedMediaType: [415, "The content type or encoding is not supported."],
  TooManyRequests: [429, "Too many requests. Try again later."],
  HeadersTooLarge: [431, "The headers are too large."],
  ServiceError: [500, "The request could not be handled."],
  NotImplemented: [501, "This is not done here."],
  Unavailable: [503, "The service cannot take this now. Try again later."],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** The error shape of Direct Line, for every route: `{error: {code, message}}`. */
export function problem(code: ProblemCode, headers: Readonly<Record<string, string>> = {}): Answer {
  const [status, message] = PROBLEMS[code];
  return { status, body: { error: { code, message } }, headers };
}

/** `retryAfterMs` is rounded up to whole seconds. */
export function tooMany(retryAfterMs: number): Answer {
  return problem("TooManyRequests", { "Retry-After": String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) });
}

/** Something failed that will pass. */
export function unavailable(): Answer {
  return problem("Unavailable", { "Retry-After": "2" });
}
