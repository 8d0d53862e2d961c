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

package io.activedataflow.flink.connector.amps.standin.journal;

/** Where a transaction log writes down what happens to it. Thread-safe. */
public interface Journal extends AutoCloseable {

    /** A journal that forgets everything with the process. */
    Journal NONE =
            new Journal() {
                @Override
                public void write(JournalRecord record) {}

                @Override
                public void force() {}

                @Override
                public void close() {}
            };

    /**
     * Writes a record behind the others. When this returns the record outlives this process, but
     * not yet this machine.
     */
    void write(JournalRecord record);

    /** Returns when everything that has been written is on disk. */
    void force();

    /** Ends it; nothing can be written after that. */
    @Override
    void close();
}
