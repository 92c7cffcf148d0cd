"use client";

import { useQuery } from "convex/react";
import { LogOut, Monitor, Moon, Sun } from "lucide-react";
import { toast } from "sonner";
import { useSignOut } from "@/components/auth/sign-out";
import { nearestColor } from "@/components/calendar/color/nearest-color";
import { parseTheme } from "@/components/theme/theme";
import { useTheme } from "@/components/theme/use-theme";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuChoice, MenuChoices, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { api } from "@/convex/_generated/api";

/** Who is signed in, the theme, and the way out. */
export function UserMenu() {
  const me = useQuery(api.accounts.me.get, {});
  const [theme, setTheme] = useTheme();
  const signOut = useSignOut();
  const name = me?.name ?? "";
  return (
    <DropdownMenu
      align="end"
      side="top"
      trigger={
        <Button variant="quiet" size="small" icon aria-label={name ? `Account of ${name}` : "Account"}>
          <Avatar name={name} cal={nearestColor(null, name)} />
        </Button>
      }
    >
      {me ? (
        <div className="px-2 py-1.5">
          <p className="font-medium">{me.name}</p>
          <p className="text-12 text-fg-2">{me.email}</p>
        </div>
      ) : null}
      <MenuSeparator />
      <MenuChoices label="Theme" value={theme} onValueChange={(next) => setTheme(parseTheme(next))}>
        <MenuChoice value="system">
          <Monitor aria-hidden="true" />
          Like the system
        </MenuChoice>
        <MenuChoice value="light">
          <Sun aria-hidden="true" />
          Light
        </MenuChoice>
        <MenuChoice value="dark">
          <Moon aria-hidden="true" />
          Dark
        </MenuChoice>
      </MenuChoices>
      <MenuSeparator />
      <MenuItem
        onSelect={() => {
          signOut().catch(() => {
            toast.error("Not signed out", { description: "LinearTime could not be reached. Try again in a moment." });
          });
        }}
      >
        <LogOut aria-hidden="true" />
        Sign out
      </MenuItem>
    </DropdownMenu>
  );
}
