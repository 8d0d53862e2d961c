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

package io.activedataflow.flink.connector.recordfile.format;

import org.apache.flink.annotation.PublicEvolving;

/**
 * Each file is one record, as long as it is not longer than the maximum record size. An empty file
 * has no record: there would be no position between "not yet read" and "read".
 *
 * <p>Files are never split.
 */
@PublicEvolving
public final class WholeFileFraming implements RecordFileFraming {

    private static final long serialVersionUID = 1L;

    private final boolean text;

    private WholeFileFraming(boolean text) {
        this.text = text;
    }

    /** The bytes as they are in the file. */
    public static WholeFileFraming bytes() {
        return new WholeFileFraming(false);
    }

    /** The text of the file as UTF-8, without a byte order mark. */
    public static WholeFileFraming text() {
        return new WholeFileFraming(true);
    }

    @Override
    public RecordFramer createFramer() {
        return new WholeFileFramer();
    }

    @Override
    public boolean isText() {
        return text;
    }

    @Override
    public RecordFileSplitting splitting() {
        return RecordFileSplitting.NEVER;
    }

    @Override
    public String whyNotSplittable() {
        return "Each file is one record.";
    }

    @Override
    public String toString() {
        return text ? "whole files of text" : "whole files";
    }
}
