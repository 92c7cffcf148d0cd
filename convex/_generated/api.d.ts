/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type * as accounts_caller from "../accounts/caller.js";
import type * as accounts_clerkUser from "../accounts/clerkUser.js";
import type * as accounts_clerkWebhook from "../accounts/clerkWebhook.js";
import type * as accounts_demo from "../accounts/demo.js";
import type * as accounts_departure from "../accounts/departure.js";
import type * as accounts_enrolment from "../accounts/enrolment.js";
import type * as accounts_expiry from "../accounts/expiry.js";
import type * as accounts_me from "../accounts/me.js";
import type * as accounts_membership from "../accounts/membership.js";
import type * as accounts_password from "../accounts/password.js";
import type * as accounts_person from "../accounts/person.js";
import type * as accounts_rateLimits from "../accounts/rateLimits.js";
import type * as accounts_registration from "../accounts/registration.js";
import type * as accounts_server from "../accounts/server.js";
import type * as accounts_sessions from "../accounts/sessions.js";
import type * as calendars_discovery from "../calendars/discovery.js";
import type * as calendars_held from "../calendars/held.js";
import type * as calendars_list from "../calendars/list.js";
import type * as calendars_ownership from "../calendars/ownership.js";
import type * as calendars_progress from "../calendars/progress.js";
import type * as calendars_rebuild from "../calendars/rebuild.js";
import type * as calendars_removal from "../calendars/removal.js";
import type * as calendars_settings from "../calendars/settings.js";
import type * as calendars_states from "../calendars/states.js";
import type * as calendars_unreadable from "../calendars/unreadable.js";
import type * as connections_activation from "../connections/activation.js";
import type * as connections_caldav from "../connections/caldav.js";
import type * as connections_credentials_accessTokens from "../connections/credentials/accessTokens.js";
import type * as connections_credentials_envelopes from "../connections/credentials/envelopes.js";
import type * as connections_credentials_forgetting from "../connections/credentials/forgetting.js";
import type * as connections_credentials_keys from "../connections/credentials/keys.js";
import type * as connections_credentials_open from "../connections/credentials/open.js";
import type * as connections_credentials_refresh from "../connections/credentials/refresh.js";
import type * as connections_credentials_resealing from "../connections/credentials/resealing.js";
import type * as connections_credentials_revocation from "../connections/credentials/revocation.js";
import type * as connections_label from "../connections/label.js";
import type * as connections_list from "../connections/list.js";
import type * as connections_manage from "../connections/manage.js";
import type * as connections_oauth_complete from "../connections/oauth/complete.js";
import type * as connections_oauth_connectAccount from "../connections/oauth/connectAccount.js";
import type * as connections_oauth_demo from "../connections/oauth/demo.js";
import type * as connections_oauth_start from "../connections/oauth/start.js";
import type * as connections_oauth_states from "../connections/oauth/states.js";
import type * as connections_oauth_verifier from "../connections/oauth/verifier.js";
import type * as connections_offers from "../connections/offers.js";
import type * as connections_ownership from "../connections/ownership.js";
import type * as connections_removal from "../connections/removal.js";
import type * as crons from "../crons.js";
import type * as events_apply from "../events/apply.js";
import type * as events_awaited from "../events/awaited.js";
import type * as events_details from "../events/details.js";
import type * as events_mappings from "../events/mappings.js";
import type * as events_occurrences from "../events/occurrences.js";
import type * as events_position from "../events/position.js";
import type * as events_projection from "../events/projection.js";
import type * as events_resource from "../events/resource.js";
import type * as events_roll from "../events/roll.js";
import type * as events_series from "../events/series.js";
import type * as events_stored from "../events/stored.js";
import type * as events_tileRows from "../events/tileRows.js";
import type * as events_tiles from "../events/tiles.js";
import type * as events_upgrade from "../events/upgrade.js";
import type * as monitoring_access from "../monitoring/access.js";
import type * as monitoring_alerts_deliver from "../monitoring/alerts/deliver.js";
import type * as monitoring_alerts_evaluate from "../monitoring/alerts/evaluate.js";
import type * as monitoring_alerts_fromJobs from "../monitoring/alerts/fromJobs.js";
import type * as monitoring_alerts_incidents from "../monitoring/alerts/incidents.js";
import type * as monitoring_alerts_lag from "../monitoring/alerts/lag.js";
import type * as monitoring_alerts_list from "../monitoring/alerts/list.js";
import type * as monitoring_alerts_notices from "../monitoring/alerts/notices.js";
import type * as monitoring_audit from "../monitoring/audit.js";
import type * as monitoring_auditLog from "../monitoring/auditLog.js";
import type * as monitoring_facts from "../monitoring/facts.js";
import type * as monitoring_health from "../monitoring/health.js";
import type * as monitoring_jobs_deadLetters from "../monitoring/jobs/deadLetters.js";
import type * as monitoring_jobs_decide from "../monitoring/jobs/decide.js";
import type * as monitoring_jobs_decideAll from "../monitoring/jobs/decideAll.js";
import type * as monitoring_jobs_inspect from "../monitoring/jobs/inspect.js";
import type * as monitoring_jobs_list from "../monitoring/jobs/list.js";
import type * as monitoring_jobs_rows from "../monitoring/jobs/rows.js";
import type * as monitoring_metrics_fold from "../monitoring/metrics/fold.js";
import type * as monitoring_metrics_lastSeen from "../monitoring/metrics/lastSeen.js";
import type * as monitoring_metrics_queue from "../monitoring/metrics/queue.js";
import type * as monitoring_metrics_spanRows from "../monitoring/metrics/spanRows.js";
import type * as monitoring_metrics_turns from "../monitoring/metrics/turns.js";
import type * as monitoring_names from "../monitoring/names.js";
import type * as monitoring_notifications from "../monitoring/notifications.js";
import type * as monitoring_overview from "../monitoring/overview.js";
import type * as monitoring_pages from "../monitoring/pages.js";
import type * as monitoring_providers from "../monitoring/providers.js";
import type * as monitoring_retention from "../monitoring/retention.js";
import type * as monitoring_subscriptions from "../monitoring/subscriptions.js";
import type * as monitoring_tick from "../monitoring/tick.js";
import type * as settings from "../settings.js";
import type * as sync_breaker from "../sync/breaker.js";
import type * as sync_callBudget from "../sync/callBudget.js";
import type * as sync_complete from "../sync/complete.js";
import type * as sync_dispatcher from "../sync/dispatcher.js";
import type * as sync_endWork from "../sync/endWork.js";
import type * as sync_enqueue from "../sync/enqueue.js";
import type * as sync_health from "../sync/health.js";
import type * as sync_known from "../sync/known.js";
import type * as sync_lanes from "../sync/lanes.js";
import type * as sync_lease from "../sync/lease.js";
import type * as sync_oldestDue from "../sync/oldestDue.js";
import type * as sync_plan from "../sync/plan.js";
import type * as sync_polling from "../sync/polling.js";
import type * as sync_pull from "../sync/pull.js";
import type * as sync_retention from "../sync/retention.js";
import type * as sync_slots from "../sync/slots.js";
import type * as sync_sweep from "../sync/sweep.js";
import type * as sync_worker from "../sync/worker.js";
import type * as tables_accounts from "../tables/accounts.js";
import type * as tables_calendars from "../tables/calendars.js";
import type * as tables_connections from "../tables/connections.js";
import type * as tables_events from "../tables/events.js";
import type * as tables_monitoring from "../tables/monitoring.js";
import type * as tables_sync from "../tables/sync.js";
import type * as tables_upkeep from "../tables/upkeep.js";
import type * as tables_webhooks from "../tables/webhooks.js";
import type * as validators_alert from "../validators/alert.js";
import type * as validators_audit from "../validators/audit.js";
import type * as validators_connection from "../validators/connection.js";
import type * as validators_event from "../validators/event.js";
import type * as validators_job from "../validators/job.js";
import type * as validators_problem from "../validators/problem.js";
import type * as validators_remote from "../validators/remote.js";
import type * as validators_storedEvent from "../validators/storedEvent.js";
import type * as validators_turn from "../validators/turn.js";
import type * as validators_words from "../validators/words.js";
import type * as webhooks_afterSync from "../webhooks/afterSync.js";
import type * as webhooks_channels from "../webhooks/channels.js";
import type * as webhooks_heard from "../webhooks/heard.js";
import type * as webhooks_intake from "../webhooks/intake.js";
import type * as webhooks_notify from "../webhooks/notify.js";
import type * as webhooks_openChannel from "../webhooks/openChannel.js";
import type * as webhooks_refusals from "../webhooks/refusals.js";
import type * as webhooks_retention from "../webhooks/retention.js";
import type * as webhooks_schedule from "../webhooks/schedule.js";
import type * as webhooks_watches from "../webhooks/watches.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  "accounts/caller": typeof accounts_caller;
  "accounts/clerkUser": typeof accounts_clerkUser;
  "accounts/clerkWebhook": typeof accounts_clerkWebhook;
  "accounts/demo": typeof accounts_demo;
  "accounts/departure": typeof accounts_departure;
  "accounts/enrolment": typeof accounts_enrolment;
  "accounts/expiry": typeof accounts_expiry;
  "accounts/me": typeof accounts_me;
  "accounts/membership": typeof accounts_membership;
  "accounts/password": typeof accounts_password;
  "accounts/person": typeof accounts_person;
  "accounts/rateLimits": typeof accounts_rateLimits;
  "accounts/registration": typeof accounts_registration;
  "accounts/server": typeof accounts_server;
  "accounts/sessions": typeof accounts_sessions;
  "calendars/discovery": typeof calendars_discovery;
  "calendars/held": typeof calendars_held;
  "calendars/list": typeof calendars_list;
  "calendars/ownership": typeof calendars_ownership;
  "calendars/progress": typeof calendars_progress;
  "calendars/rebuild": typeof calendars_rebuild;
  "calendars/removal": typeof calendars_removal;
  "calendars/settings": typeof calendars_settings;
  "calendars/states": typeof calendars_states;
  "calendars/unreadable": typeof calendars_unreadable;
  "connections/activation": typeof connections_activation;
  "connections/caldav": typeof connections_caldav;
  "connections/credentials/accessTokens": typeof connections_credentials_accessTokens;
  "connections/credentials/envelopes": typeof connections_credentials_envelopes;
  "connections/credentials/forgetting": typeof connections_credentials_forgetting;
  "connections/credentials/keys": typeof connections_credentials_keys;
  "connections/credentials/open": typeof connections_credentials_open;
  "connections/credentials/refresh": typeof connections_credentials_refresh;
  "connections/credentials/resealing": typeof connections_credentials_resealing;
  "connections/credentials/revocation": typeof connections_credentials_revocation;
  "connections/label": typeof connections_label;
  "connections/list": typeof connections_list;
  "connections/manage": typeof connections_manage;
  "connections/oauth/complete": typeof connections_oauth_complete;
  "connections/oauth/connectAccount": typeof connections_oauth_connectAccount;
  "connections/oauth/demo": typeof connections_oauth_demo;
  "connections/oauth/start": typeof connections_oauth_start;
  "connections/oauth/states": typeof connections_oauth_states;
  "connections/oauth/verifier": typeof connections_oauth_verifier;
  "connections/offers": typeof connections_offers;
  "connections/ownership": typeof connections_ownership;
  "connections/removal": typeof connections_removal;
  crons: typeof crons;
  "events/apply": typeof events_apply;
  "events/awaited": typeof events_awaited;
  "events/details": typeof events_details;
  "events/mappings": typeof events_mappings;
  "events/occurrences": typeof events_occurrences;
  "events/position": typeof events_position;
  "events/projection": typeof events_projection;
  "events/resource": typeof events_resource;
  "events/roll": typeof events_roll;
  "events/series": typeof events_series;
  "events/stored": typeof events_stored;
  "events/tileRows": typeof events_tileRows;
  "events/tiles": typeof events_tiles;
  "events/upgrade": typeof events_upgrade;
  "monitoring/access": typeof monitoring_access;
  "monitoring/alerts/deliver": typeof monitoring_alerts_deliver;
  "monitoring/alerts/evaluate": typeof monitoring_alerts_evaluate;
  "monitoring/alerts/fromJobs": typeof monitoring_alerts_fromJobs;
  "monitoring/alerts/incidents": typeof monitoring_alerts_incidents;
  "monitoring/alerts/lag": typeof monitoring_alerts_lag;
  "monitoring/alerts/list": typeof monitoring_alerts_list;
  "monitoring/alerts/notices": typeof monitoring_alerts_notices;
  "monitoring/audit": typeof monitoring_audit;
  "monitoring/auditLog": typeof monitoring_auditLog;
  "monitoring/facts": typeof monitoring_facts;
  "monitoring/health": typeof monitoring_health;
  "monitoring/jobs/deadLetters": typeof monitoring_jobs_deadLetters;
  "monitoring/jobs/decide": typeof monitoring_jobs_decide;
  "monitoring/jobs/decideAll": typeof monitoring_jobs_decideAll;
  "monitoring/jobs/inspect": typeof monitoring_jobs_inspect;
  "monitoring/jobs/list": typeof monitoring_jobs_list;
  "monitoring/jobs/rows": typeof monitoring_jobs_rows;
  "monitoring/metrics/fold": typeof monitoring_metrics_fold;
  "monitoring/metrics/lastSeen": typeof monitoring_metrics_lastSeen;
  "monitoring/metrics/queue": typeof monitoring_metrics_queue;
  "monitoring/metrics/spanRows": typeof monitoring_metrics_spanRows;
  "monitoring/metrics/turns": typeof monitoring_metrics_turns;
  "monitoring/names": typeof monitoring_names;
  "monitoring/notifications": typeof monitoring_notifications;
  "monitoring/overview": typeof monitoring_overview;
  "monitoring/pages": typeof monitoring_pages;
  "monitoring/providers": typeof monitoring_providers;
  "monitoring/retention": typeof monitoring_retention;
  "monitoring/subscriptions": typeof monitoring_subscriptions;
  "monitoring/tick": typeof monitoring_tick;
  settings: typeof settings;
  "sync/breaker": typeof sync_breaker;
  "sync/callBudget": typeof sync_callBudget;
  "sync/complete": typeof sync_complete;
  "sync/dispatcher": typeof sync_dispatcher;
  "sync/endWork": typeof sync_endWork;
  "sync/enqueue": typeof sync_enqueue;
  "sync/health": typeof sync_health;
  "sync/known": typeof sync_known;
  "sync/lanes": typeof sync_lanes;
  "sync/lease": typeof sync_lease;
  "sync/oldestDue": typeof sync_oldestDue;
  "sync/plan": typeof sync_plan;
  "sync/polling": typeof sync_polling;
  "sync/pull": typeof sync_pull;
  "sync/retention": typeof sync_retention;
  "sync/slots": typeof sync_slots;
  "sync/sweep": typeof sync_sweep;
  "sync/worker": typeof sync_worker;
  "tables/accounts": typeof tables_accounts;
  "tables/calendars": typeof tables_calendars;
  "tables/connections": typeof tables_connections;
  "tables/events": typeof tables_events;
  "tables/monitoring": typeof tables_monitoring;
  "tables/sync": typeof tables_sync;
  "tables/upkeep": typeof tables_upkeep;
  "tables/webhooks": typeof tables_webhooks;
  "validators/alert": typeof validators_alert;
  "validators/audit": typeof validators_audit;
  "validators/connection": typeof validators_connection;
  "validators/event": typeof validators_event;
  "validators/job": typeof validators_job;
  "validators/problem": typeof validators_problem;
  "validators/remote": typeof validators_remote;
  "validators/storedEvent": typeof validators_storedEvent;
  "validators/turn": typeof validators_turn;
  "validators/words": typeof validators_words;
  "webhooks/afterSync": typeof webhooks_afterSync;
  "webhooks/channels": typeof webhooks_channels;
  "webhooks/heard": typeof webhooks_heard;
  "webhooks/intake": typeof webhooks_intake;
  "webhooks/notify": typeof webhooks_notify;
  "webhooks/openChannel": typeof webhooks_openChannel;
  "webhooks/refusals": typeof webhooks_refusals;
  "webhooks/retention": typeof webhooks_retention;
  "webhooks/schedule": typeof webhooks_schedule;
  "webhooks/watches": typeof webhooks_watches;
}>;

/**
 * A utility for referencing Convex functions in your app's public API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;

/**
 * A utility for referencing Convex functions in your app's internal API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = internal.myModule.myFunction;
 * ```
 */
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;

export declare const components: {};
