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

import javax.annotation.Nullable;

/**
 * Some records of one split. Filled by the worker thread, then used by the task thread alone.
 *
 * @param <E> what is handed out: may be the same object each time, valid until the next call
 */
@Internal
interface SplitBatch<E> {

    /** The next record, or null if there is none left. */
    @Nullable
    E next();

    /** Gives back the memory of the batch. Called once; nothing is asked of the batch after it. */
    void release();
}
