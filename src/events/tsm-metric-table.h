/* The metric catalogue, one line a metric; see tsm-metric.h for what the columns mean.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * This file has no include guard: it is included with TSM_METRIC defined to what a row should become.
 * Paths are relative to `metrics`. Labels are marked for translation with N_().
 *
 * TSM_METRIC (ID, path, label, unit, minimum, maximum, bands, kind, alias paths...)
 */

TSM_METRIC (CPU_PERCENT,         "system.cpu_percent",                  N_("CPU"),                   PERCENT,    0, 100,   CPU,    GAUGE,   NULL)
TSM_METRIC (MEMORY_PERCENT,      "system.memory_percent",               N_("Memory"),                PERCENT,    0, 100,   MEMORY, GAUGE,   NULL)
TSM_METRIC (MEMORY_MB,           "system.memory_mb",                    N_("Memory used"),           MIB,        0, 1e9,   NONE,   GAUGE,   NULL)
TSM_METRIC (THREAD_COUNT,        "system.thread_count",                 N_("Threads"),               COUNT,      0, 1e6,   NONE,   GAUGE,   NULL)
TSM_METRIC (DISK_PERCENT,        "system.disk_percent",                 N_("Disk"),                  PERCENT,    0, 100,   DISK,   GAUGE,   NULL)
TSM_METRIC (NETWORK_SENT,        "system.network_io.bytes_sent",        N_("Network out"),           BYTES,      0, 1e18,  NONE,   COUNTER, NULL)
TSM_METRIC (NETWORK_RECEIVED,    "system.network_io.bytes_recv",        N_("Network in"),            BYTES,      0, 1e18,  NONE,   COUNTER, NULL)

TSM_METRIC (PATTERNS_PER_SECOND, "application.patterns_per_second",     N_("Patterns"),              PER_SECOND, 0, 1e9,   NONE,   GAUGE,   "system.patterns_per_second")
TSM_METRIC (INDICATORS_PER_SECOND, "application.indicators_per_second", N_("Indicators"),            PER_SECOND, 0, 1e9,   NONE,   GAUGE,   NULL)
TSM_METRIC (PATTERN_DETECTION_MS, "application.avg_pattern_detection_ms", N_("Pattern detection"),   MILLISECOND, 0, 1e9,  NONE,   GAUGE,   NULL)
TSM_METRIC (INDICATOR_CALC_MS,   "application.avg_indicator_calc_ms",   N_("Indicator calculation"), MILLISECOND, 0, 1e9,  NONE,   GAUGE,   NULL)
TSM_METRIC (CACHE_HIT_RATE,      "application.cache_hit_rate",          N_("Cache hits"),            RATIO,      0, 1,     NONE,   GAUGE,   NULL)
TSM_METRIC (SYMBOLS_PROCESSED,   "application.symbols_processed",       N_("Symbols processed"),     COUNT,      0, 1e12,  NONE,   GAUGE,   NULL)

TSM_METRIC (TICKS_PER_SECOND,    "processing.ticks_per_second",         N_("Ticks"),                 PER_SECOND, 0, 1e9,   NONE,   GAUGE,   NULL)
TSM_METRIC (PATTERNS_DETECTED,   "processing.patterns_detected",        N_("Patterns detected"),     COUNT,      0, 1e12,  NONE,   GAUGE,   NULL)
TSM_METRIC (ACTIVE_BACKTESTS,    "processing.active_backtests",         N_("Active backtests"),      COUNT,      0, 1e6,   NONE,   GAUGE,   NULL)
TSM_METRIC (QUEUE_DEPTH,         "processing.queue_depth",              N_("Queue depth"),           COUNT,      0, 1e12,  NONE,   GAUGE,   NULL)

TSM_METRIC (DATABASE_CONNECTED,  "database.connected",                  N_("Connected"),             BOOLEAN,    0, 1,     NONE,   GAUGE,   NULL)
TSM_METRIC (DATABASE_CONNECTIONS, "database.active_connections",        N_("Connections"),           COUNT,      0, 1e6,   NONE,   GAUGE,   NULL)
TSM_METRIC (QUERY_MS,            "database.query_avg_ms",               N_("Query average"),         MILLISECOND, 0, 1e9,  NONE,   GAUGE,   "database.query_latency_ms")
TSM_METRIC (SLOW_QUERIES,        "database.slow_queries_count",         N_("Slow queries"),          COUNT,      0, 1e9,   NONE,   GAUGE,   NULL)
TSM_METRIC (DATABASE_LAST_WRITE, "database.last_write",                 N_("Last write"),            TIME,       0, 1e13,  NONE,   GAUGE,   NULL)

TSM_METRIC (REDIS_CONNECTED,     "redis.connected",                     N_("Connected"),             BOOLEAN,    0, 1,     NONE,   GAUGE,   NULL)
TSM_METRIC (REDIS_MESSAGES,      "redis.messages_per_second",           N_("Messages"),              PER_SECOND, 0, 1e9,   NONE,   GAUGE,   NULL)
TSM_METRIC (REDIS_CLIENTS,       "redis.connected_clients",             N_("Clients"),               COUNT,      0, 1e6,   NONE,   GAUGE,   NULL)
TSM_METRIC (REDIS_CHANNELS,      "redis.channels",                      N_("Channels"),              COUNT,      0, 1e6,   NONE,   GAUGE,   NULL)
TSM_METRIC (REDIS_PUBLISHED,     "redis.messages_published",            N_("Published"),             COUNT,      0, 1e18,  NONE,   GAUGE,   NULL)
TSM_METRIC (REDIS_MEMORY_MB,     "redis.memory_usage_mb",               N_("Memory"),                MIB,        0, 1e9,   NONE,   GAUGE,   NULL)
