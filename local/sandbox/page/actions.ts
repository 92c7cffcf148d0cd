import { type CallFaultInput } from "../faults/call-faults";
import { type Control } from "../control/control";

/** What the forms about faults ask for, by the last part of their path. Each says in words what it did. */
export const FAULT_ACTIONS: Readonly<Record<string, (form: ReadonlyMap<string, string>, control: Control) => string>> = {
  add(form, { faults }) {
    const times = form.get("times") ?? "";
    faults.add({
      match: form.get("match") ?? "",
      effect: effectOf(form.get("effect") ?? ""),
      times: times === "" ? null : Number(times),
      share: Number(form.get("share") ?? "100") / 100,
    });
    return "The fault is in force.";
  },
  remove(form, { faults }) {
    faults.remove(Number(form.get("id")));
    return "The fault is off.";
  },
  notifications(form, control) {
    const number = (name: string): number => Number(form.get(name) ?? "0");
    control.changeNotificationFaults({
      drop: number("drop") / 100,
      duplicate: number("duplicate") / 100,
      reorder: number("reorder") / 100,
      delayMs: [number("least"), Math.max(number("least"), number("most"))],
    });
    return "Notifications go out like this from now on.";
  },
  calm(_form, control) {
    control.calm();
    return "All faults are off.";
  },
};

/** `status:410`, `slow:3000`, `pages:empty`, `not_json`; what it is not is found out where faults are added. */
function effectOf(text: string): CallFaultInput["effect"] {
  const [kind = "", value = ""] = text.split(":");
  switch (kind) {
    case "status":
      return { do: "status", status: Number(value) };
    case "slow":
      return { do: "slow", delayMs: Number(value) };
    case "pages":
      return { do: "pages", shape: value as "partial" };
    default:
      return { do: kind as "not_json" };
  }
}
