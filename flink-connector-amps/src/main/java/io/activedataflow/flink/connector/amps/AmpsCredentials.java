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

package io.activedataflow.flink.connector.amps;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.io.Serializable;

/**
 * A user name and a password as they go over the wire. Its text never shows the password.
 *
 * @param user the user, or null to log on without a name
 * @param password the password, or null for none
 */
@PublicEvolving
public record AmpsCredentials(@Nullable String user, @Nullable String password)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final AmpsCredentials NONE = new AmpsCredentials(null, null);

    @Override
    public String toString() {
        return "AmpsCredentials{user=" + (user == null ? "none" : user) + '}';
    }
}
