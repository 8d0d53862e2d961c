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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import org.apache.flink.annotation.Internal;

/**
 * The line between files of one root that are remembered one by one and those behind it, which are
 * taken to be dealt with. It only moves forward.
 */
@Internal
interface Horizon {

    /** Whether the file is on the side where nothing is remembered. */
    boolean isBehind(ListedFile file);

    /** Whether the entry of a file that is no longer listed may go. */
    boolean mayForget(FileTable files, int index);

    /** How long a file is to be missing from the listings before its entry goes, if it may. */
    long forgetAfterMillis();

    /** Takes note of a listed file, whatever becomes of it. */
    void seen(ListedFile file, long nowMillis);

    /** Takes note of a file that is dealt with. */
    void settled(ListedFile file);

    /** Takes note of a path that is not the one of a file any more. */
    void forget(PathHash hash);

    /** Takes note of a listed file that the line must not pass for now. */
    void hold(ListedFile file);

    /** Moves the line as far as what was seen and held since the last time allows. */
    void advance();

    HorizonState snapshot(FileTable files);
}
