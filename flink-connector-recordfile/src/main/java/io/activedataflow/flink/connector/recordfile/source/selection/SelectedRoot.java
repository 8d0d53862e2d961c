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

package io.activedataflow.flink.connector.recordfile.source.selection;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import java.io.Serializable;

/** A directory to look into, or a file. Immutable. */
@Internal
public interface SelectedRoot extends Serializable {

    /** The deepest directory that contains all that can be selected, or the file itself. */
    Path base();

    /** Whether the base itself is selected if it is a file. */
    boolean selectsBase();

    /** What is selected in the base. */
    DirectoryMatcher matcher();
}
