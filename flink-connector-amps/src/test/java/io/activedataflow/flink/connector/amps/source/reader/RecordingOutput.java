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

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Keeps what is emitted, with its timestamps. */
final class RecordingOutput<T> implements SourceOutput<T> {

    /**
     * @param timestamp null if it was emitted without one
     */
    record Emitted<T>(T element, @Nullable Long timestamp) {}

    final List<Emitted<T>> emitted = new ArrayList<>();

    @Override
    public void collect(T element) {
        emitted.add(new Emitted<>(element, null));
    }

    @Override
    public void collect(T element, long timestamp) {
        emitted.add(new Emitted<>(element, timestamp));
    }

    List<T> elements() {
        return emitted.stream().map(Emitted::element).toList();
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void markIdle() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void markActive() {
        throw new UnsupportedOperationException();
    }
}
