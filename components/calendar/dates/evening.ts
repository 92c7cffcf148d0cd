/** An evening that ends before this hour is over on the day it began: a party until two is no event of two days. */
export const EVENING_ENDS_HOUR = 6;
