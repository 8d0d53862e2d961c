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

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;

/** Throws at one element, as a chained operator would, and passes the others on. */
final class SourceOutputThatFails<T> implements SourceOutput<T> {

    private final SourceOutput<T> output;
    private final T element;
    private final RuntimeException failure;

    SourceOutputThatFails(SourceOutput<T> output, T element, RuntimeException failure) {
        this.output = output;
        this.element = element;
        this.failure = failure;
    }

    @Override
    public void collect(T collected) {
        output.collect(collected);
    }

    @Override
    public void collect(T collected, long timestamp) {
        if (collected.equals(element)) {
            throw failure;
        }
        output.collect(collected, timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        output.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
        output.markIdle();
    }

    @Override
    public void markActive() {
        output.markActive();
    }
}
