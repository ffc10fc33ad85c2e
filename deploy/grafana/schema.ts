// What deploy/grafana/check puts before the dashboards, so that the compiler holds them against Grafana's own types.
import type { Dashboard } from '@grafana/schema';

// What is an enumeration there is its value in JSON.
type Json<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: Json<T[K]> } : T;

