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

package io.activedataflow.flink.connector.e2e.benchmarks;

/** One way to read a stream from its first entry to its last. */
interface Contestant extends AutoCloseable {

    /** As many entries as one reply has, the default of the source under test. */
    int COUNT = 2000;

    /** How long a read waits at the end of the stream; also what the source under test sends. */
    int BLOCK_MILLIS = 50;

    /** Gets ready, undoing what an earlier run has left on the server; not measured. */
    default void prepare() throws Exception {}

    /** Reads all entries, telling the meter of the records; returns when nothing runs any more. */
    void run(Meter meter) throws Exception;

    @Override
    default void close() {}
}
