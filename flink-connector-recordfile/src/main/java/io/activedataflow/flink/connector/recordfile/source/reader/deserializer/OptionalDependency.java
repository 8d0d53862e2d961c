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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import org.apache.flink.annotation.Internal;

import java.util.function.Supplier;

/** Says what to add to the job where a ready-made schema needs a library that is not there. */
@Internal
final class OptionalDependency {

    private OptionalDependency() {}

    /**
     * @param artifact the artifact of Flink that brings the packages
     * @param packages those of the library, with slashes
     * @throws IllegalStateException if one of its classes is missing
     */
    static <T> T using(String artifact, Supplier<T> use, String... packages) {
        try {
            return use.get();
        } catch (NoClassDefFoundError e) {
            for (String missing : packages) {
                // Where the user's own class lacks something, that error is the better message.
                if (String.valueOf(e.getMessage()).startsWith(missing)) {
                    throw new IllegalStateException(
                            "This schema needs "
                                    + artifact
                                    + ", which is not on the class path. Add"
                                    + " org.apache.flink:"
                                    + artifact
                                    + ", of the version of Flink, to the job or to the lib"
                                    + " directory of the cluster.",
                            e);
                }
            }
            throw e;
        }
    }
}
