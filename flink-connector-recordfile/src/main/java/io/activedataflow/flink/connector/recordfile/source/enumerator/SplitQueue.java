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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.List;

/**
 * Splits that wait for any reader that asks. Knows each by its ID, and holds none twice.
 * Coordinator thread only.
 */
@Internal
interface SplitQueue {

    /** Adds a split behind all others, unless it is here already. */
    void add(RecordFileSplit split);

    /** Adds a split before those that nobody has had yet, unless it is here already. */
    void addBack(RecordFileSplit split);

    /**
     * Takes out the next split.
     *
     * @param host of the reader that asks, if known
     * @param maxBytes how large the split may be; what cannot tell before it is taken out may be
     *     larger
     * @return null if there is none, or it is too large
     */
    @Nullable
    RecordFileSplit next(@Nullable String host, long maxBytes);

    /** Takes out a split, if it is here. */
    void remove(String splitId);

    boolean contains(String splitId);

    int size();

    /** All splits, those that are next first. */
    List<RecordFileSplit> content();
}
