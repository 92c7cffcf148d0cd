import type { MonthShape } from "../layout/month-shape";
import { barStyle } from "./grid-style";

/** Where bars of a month that is still loading stand: any pattern that does not look like one. */
function places(shape: MonthShape) {
  return Array.from({ length: 7 }, (_, index) => {
    const from = (index * 5 + shape.month * 3) % (shape.days - 5);
    return { column: shape.offset + from, days: 2 + ((index * 7 + shape.month) % 4), lane: index % 2 };
  });
}

/** The shape of a month whose events are not there yet. */
export function SkeletonBars({ shape }: { shape: MonthShape }) {
  return places(shape).map((place) => <span key={`${place.column} ${place.lane}`} style={barStyle(place)} className="year-bar starts ends is-loading" />);
}
