/** Zones with every kind of clock change: whole, half and three-quarter hours, both hemispheres, skipped days, irregular years. */
export const TWENTY_ZONES = [
  "America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Sao_Paulo", "America/Santiago", "America/Havana",
  "Europe/London", "Europe/Berlin", "Europe/Dublin", "Europe/Istanbul", "Europe/Moscow", "Africa/Casablanca", "Africa/Cairo",
  "Asia/Tehran", "Asia/Jerusalem", "Asia/Kathmandu", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Apia", "Pacific/Chatham",
] as const;
