/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.recordfile.source.reader;


import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Leaves malformed records out, counts them, and warns at most once a minute. */
@Internal
final class SkippingRecordHandler<T> implements MalformedRecordHandler<T> {

    private static final Logger LOG = LoggerFactory.getLogger(SkippingRecordHandler.class);
    private static final long WARNING_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Counter errors;
    private final LongSupplier nanoClock;
    private final Consumer<String> log;

    private long skippedSinceWarning;
    private long lastWarning;
    private boolean warned;

    SkippingRecordHandler(Counter errors, LongSupplier nanoClock) {
        this(errors, nanoClock, LOG::warn);
    }

    SkippingRecordHandler(Counter errors, LongSupplier nanoClock, Consumer<String> log) {
        this.errors = errors;
        this.nanoClock = nanoClock;
        this.log = log;
    }

    @Override
    public T handle(RecordCursor record, Exception cause) {
        errors.inc();
        skippedSinceWarning++;
        long now = nanoClock.getAsLong();
        if (!warned || now - lastWarning >= WARNING_INTERVAL_NANOS) {
            warned = true;
            lastWarning = now;
            log.accept(
                    "Malformed records skipped since the last such warning: "
                            + skippedSinceWarning
                            + ". The latest is the record "
                            + MalformedRecordHandler.placeOf(record)
                            + ": "
                            + MalformedRecordHandler.describe(cause));
            skippedSinceWarning = 0;
        }
        return null;
    }
}
