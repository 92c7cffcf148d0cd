import { firstWeekday, layOutYear, type PictureMonth } from "./lay-out-year";
import { pictureEvents } from "./picture-events";

const LABEL = 44;
const DAY = 20;
const ROW = 46;
const COLUMNS = 37;
const LANE = 10;
const BAR = 7;
const WIDTH = LABEL + COLUMNS * DAY;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function Month({ month, name, today }: { month: PictureMonth; name: string; today: number | null }) {
  const left = month.offset * DAY;
  const width = month.days * DAY;
  const weekends = Array.from({ length: month.days }, (_, day) => month.offset + day).filter((column) => column % 7 > 4);
  return (
    <>
      <text x={0} y={ROW / 2 + 4} className={today === null ? "fill-fg-2 text-12" : "fill-fg text-12 font-semibold"}>
        {name}
      </text>
      <g transform={`translate(${LABEL} 0)`}>
        <rect x={left} width={width} height={ROW} className="fill-surface" />
        {weekends.map((column) => (
          <rect key={column} x={column * DAY} width={DAY} height={ROW} className="fill-weekend" />
        ))}
        <path
          d={`M${left} 0V${ROW}M${left + width} 0V${ROW}M0 ${ROW - 0.5}H${COLUMNS * DAY}`}
          className="stroke-line"
        />
        {today === null ? null : (
          <g>
            <rect x={(month.offset + today) * DAY} width={DAY} height={ROW} className="fill-accent-tint" />
            <path
              d={`M${(month.offset + today) * DAY} 0V${ROW}M${(month.offset + today + 1) * DAY} 0V${ROW}`}
              className="stroke-accent"
            />
          </g>
        )}
        {month.bars.map((bar) => (
          <rect
            key={`${bar.lane}:${bar.column}`}
            data-cal={bar.color}
            x={bar.column * DAY + 1}
            y={4 + bar.lane * LANE}
            width={bar.days * DAY - 2}
            height={BAR}
            rx={2.5}
            className="fill-cal-mark"
          />
        ))}
      </g>
    </>
  );
}

/** A year as LinearTime sees it: twelve rows, weekday-aligned. A picture, not a control. `today` is `YYYY-MM-DD`. */
export function YearPicture({ today }: { today: string }) {
  const year = Number(today.slice(0, 4));
  const months = layOutYear(year, pictureEvents(firstWeekday(year)));
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${WIDTH} ${ROW * 12}`} className="block max-h-[min(600px,100dvh-240px)] w-full" preserveAspectRatio="xMinYMin meet">
      {months.map((month, index) => (
        <g key={MONTHS[index]} transform={`translate(0 ${index * ROW})`}>
          <Month
            month={month}
            name={MONTHS[index] ?? ""}
            today={Number(today.slice(5, 7)) === index + 1 ? Number(today.slice(8)) - 1 : null}
          />
        </g>
      ))}
    </svg>
  );
}
