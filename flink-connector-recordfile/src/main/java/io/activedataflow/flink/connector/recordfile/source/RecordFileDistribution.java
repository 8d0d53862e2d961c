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

package io.activedataflow.flink.connector.recordfile.source;

import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Which reader reads which file. Either any reader that has time, or always the same one for files
 * that belong together, in order. For strategies of your own, implement {@link #key}.
 *
 * <p>Files with the same key go to the same reader, one at a time: the next one when the one before
 * has been read to its end. They are in the order of the source, as far as they are found in that
 * order. This holds across failures, restores and changes of the parallelism: the key's reader may
 * then be another one, but it gets the key's next file only when the reader that holds the previous
 * one has finished it. Files with a key are never split.
 *
 * <p>The order is that in which the readers emit. An operator behind a shuffle gets the next file
 * of a key over another channel if another reader has it after a rescale, and may then see its
 * beginning before the end of the one before. Where that matters, chain what needs the order to the
 * source, or sort by time.
 */
@PublicEvolving
@FunctionalInterface
public interface RecordFileDistribution extends Serializable {

    /**
     * The key of a file. Called when the file is found, on the coordinator thread of the source, so
     * it must not wait for anything.
     *
     * @param path of the file, in full
     * @param pathParts the named parts of the path, as the template of the source has them; empty
     *     if it has no template or the path does not match it
     * @return always the same for the same path; empty if any reader may read the file at any time
     */
    String key(String path, Map<String, String> pathParts);

    /** Any reader that asks for work gets the next file or part of a file. The default. */
    static RecordFileDistribution pull() {
        return KeylessDistribution.INSTANCE;
    }

    /**
     * By the path as a whole: the contents that a path has one after the other are read by one
     * reader, in order. Files with different paths are independent of each other.
     */
    static RecordFileDistribution byName() {
        return new NameDistribution("");
    }

    /**
     * By a part of the name, which is what follows the last slash of the path.
     *
     * @param regex what to look for in the name; the key is what its first group has matched, or
     *     the whole match if it has no group. A file whose name it is not found in has no key.
     * @throws java.util.regex.PatternSyntaxException if it is not a regular expression
     */
    static RecordFileDistribution byName(String regex) {
        return new NameDistribution(regex);
    }

    /**
     * By named parts of the path. A file whose path lacks one of them has no key.
     *
     * @param pathParts names that the path template of the source gives to parts of the path, at
     *     least one
     */
    static RecordFileDistribution byKey(String... pathParts) {
        return new PathPartsDistribution(List.of(pathParts));
    }
}
