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

import java.io.IOException;

/** Looks for files. Worker thread; keeps nothing that has to be closed. */
@Internal
public interface FileLister {

    /**
     * All selected files there are.
     *
     * @throws UnusableRootException if a root does not exist and the job does not wait for it, or
     *     has no file system
     * @throws IOException if the file system cannot be asked, naming the path
     */
    FileListing list() throws IOException;
}
