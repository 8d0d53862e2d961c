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
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.util.Collector;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds the elements of one message until its deserialization has succeeded as a whole. Re-used for
 * every message; one element a message, the usual case, touches no list. One thread only.
 */
@Internal
final class ElementCollector<T> implements Collector<T> {

    /** A list that one unusual message has made larger than this is not kept. */
    private static final int MAX_KEPT_ELEMENTS = 1024;

    @Nullable private T first;
    private List<T> others = new ArrayList<>();
    private boolean nullCollected;

    @Override
    public void collect(T element) {
        if (element == null) {
            nullCollected = true;
        } else if (first == null) {
            first = element;
        } else {
            others.add(element);
        }
    }

    @Override
    public void close() {}

    /** Refuses null elements here, where a deserializer cannot catch the exception. */
    void checkElements() {
        if (nullCollected) {
            throw new IllegalArgumentException(
                    "The deserializer has collected a null element. To leave a message out, let"
                            + " it collect nothing.");
        }
    }

    void emitTo(SourceOutput<T> output, long timestamp) {
        if (first != null) {
            output.collect(first, timestamp);
            for (int i = 0; i < others.size(); i++) {
                output.collect(others.get(i), timestamp);
            }
        }
    }

    void clear() {
        first = null;
        nullCollected = false;
        if (others.size() > MAX_KEPT_ELEMENTS) {
            others = new ArrayList<>();
        } else if (!others.isEmpty()) {
            others.clear();
        }
    }
}
