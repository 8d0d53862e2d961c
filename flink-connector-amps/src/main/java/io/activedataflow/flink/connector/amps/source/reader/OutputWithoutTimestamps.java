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

package io.activedataflow.flink.connector.amps.source.reader;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;

/** Emits elements of which the time is not known. Re-used; task thread only. */
@Internal
final class OutputWithoutTimestamps<T> implements SourceOutput<T> {

    private SourceOutput<T> output;

    OutputWithoutTimestamps<T> to(SourceOutput<T> newOutput) {
        output = newOutput;
        return this;
    }

    @Override
    public void collect(T element) {
        output.collect(element);
    }

    /** Emits the element without the timestamp. */
    @Override
    public void collect(T element, long timestamp) {
        output.collect(element);
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
