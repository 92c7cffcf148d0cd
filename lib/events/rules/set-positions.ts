/**
 * The places, from 0, that BYSETPOS chooses among `size` starts of one period (RFC 5545 §3.3.10), ascending. Negative
 * positions count from the end; positions beyond the period choose nothing.
 */
export function chosenPlaces(positions: readonly number[], size: number): number[] {
  const places = positions.map((position) => (position > 0 ? position - 1 : size + position));
  return [...new Set(places.filter((place) => place >= 0 && place < size))].sort((a, b) => a - b);
}
