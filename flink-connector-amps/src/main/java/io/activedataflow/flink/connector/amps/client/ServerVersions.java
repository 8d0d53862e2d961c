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

package io.activedataflow.flink.connector.amps.client;

import org.apache.flink.annotation.Internal;

/** What servers can do since which version, in the form of {@link AmpsConnection#serverVersion}. */
@Internal
public final class ServerVersions {

    /** The option {@code bookmark_not_found}: 5.3.5, by the AMPS user guide. */
    public static final int BOOKMARK_NOT_FOUND = 5030500;

    private ServerVersions() {}
}
