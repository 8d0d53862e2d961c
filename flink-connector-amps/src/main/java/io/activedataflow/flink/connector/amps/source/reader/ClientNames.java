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

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for the connections of one reader. No two are the same, because the server cuts the older
 * of two connections of one name: not within the reader, and not in another attempt of the same
 * subtask either, which may still run although Flink has given it up. Any thread.
 */
@Internal
final class ClientNames {

    private final String reader;
    private final AtomicLong count = new AtomicLong();

    /**
     * @param prefix as the user has configured it
     * @param subtask the index of the subtask
     */
    ClientNames(String prefix, int subtask) {
        reader =
                prefix
                        + '-'
                        + subtask
                        + '-'
                        + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    /** A name for one more connection. */
    String next() {
        return reader + '-' + count.getAndIncrement();
    }

    /** What all the names begin with. */
    @Override
    public String toString() {
        return reader;
    }
}
