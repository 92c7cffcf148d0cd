import { z } from "zod";

/** What of Google's behaviour can be set while the sandbox runs. */
export const googleSettings = z.object({
  /** Each refresh answers a new refresh token and ends the old one. Google does not; other providers do. */
  rotateRefreshTokens: z.boolean(),
  /** Renamed calendars are told by the sync token and the channel of a calendar list. By its reference Google does not. */
  listsTellRenames: z.boolean(),
  accessTokenSeconds: z.number().int().min(1).max(86_400),
  /** Calls a minute before 403 `userRateLimitExceeded` (per account) and `rateLimitExceeded` (all accounts). */
  callsPerMinutePerUser: z.number().int().min(1),
  callsPerMinute: z.number().int().min(1),
});

export type GoogleSettings = z.infer<typeof googleSettings>;

/** As Google has them: tokens for an hour less a second, and the quotas that a new project gets. */
export const USUAL_SETTINGS: GoogleSettings = {
  rotateRefreshTokens: false,
  listsTellRenames: false,
  accessTokenSeconds: 3599,
  callsPerMinutePerUser: 600,
  callsPerMinute: 10_000,
};
