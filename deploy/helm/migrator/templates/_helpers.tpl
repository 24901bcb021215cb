{{- define "migrator.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{- define "migrator.labels" -}}
app.kubernetes.io/name: migrator
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "migrator.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "migrator.name" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end }}

{{/* The pod of a run; wants root (the chart's values), args, and whether it is a job of a schedule. */}}
{{- define "migrator.pod" -}}
{{- $root := .root -}}
restartPolicy: Never
# A run stops within 20 s, and tells how it ended.
terminationGracePeriodSeconds: 30
serviceAccountName: {{ include "migrator.serviceAccount" $root }}
automountServiceAccountToken: false
# Else a service called milvus or minio sets variables that the configuration reads.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: migrator
    image: "{{ $root.Values.image.repository }}:{{ $root.Values.image.tag | default $root.Chart.AppVersion }}"
    imagePullPolicy: {{ $root.Values.image.pullPolicy }}
    args:
      {{- toYaml .args | nindent 6 }}
    env:
      - name: MIGRATOR_RUN_LABEL
        valueFrom:
          fieldRef:
            fieldPath: metadata.name
      - name: MIGRATOR_STATE_DIR
        value: /var/lib/migrator/state
      - name: MIGRATOR_JAVA_OPTS
        value: {{ printf "-Xmx%s -XX:-UsePerfData %s" $root.Values.heap $root.Values.javaOptions | trim | quote }}
      {{- if $root.Values.secrets }}
      - name: CREDENTIALS_DIRECTORY
        value: /run/credentials/migrator
      {{- end }}
      {{- with $root.Values.env }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities:
        drop: [ALL]
    resources:
      {{- toYaml $root.Values.resources | nindent 6 }}
    volumeMounts:
      - name: config
        mountPath: /etc/migrator/config
        readOnly: true
      - name: jobs
        mountPath: /etc/migrator/jobs
        readOnly: true
      {{- if $root.Values.secrets }}
      - name: credentials
        mountPath: /run/credentials/migrator
        readOnly: true
      {{- end }}
      - name: state
        mountPath: /var/lib/migrator
      - name: tmp
        mountPath: /tmp
volumes:
  - name: config
    configMap:
      name: {{ include "migrator.name" $root }}-config
  - name: jobs
    configMap:
      name: {{ include "migrator.name" $root }}-jobs
  {{- with $root.Values.secrets }}
  - name: credentials
    projected:
      defaultMode: 0440
      sources:
        {{- range . }}
        - secret:
            name: {{ .secret }}
            items:
              - key: {{ .secretKey }}
                path: {{ .key }}
        {{- end }}
  {{- end }}
  - name: state
    {{- if and $root.Values.state.enabled .keepsState }}
    persistentVolumeClaim:
      claimName: {{ $root.Values.state.existingClaim | default (printf "%s-state" (include "migrator.name" $root)) }}
    {{- else }}
    emptyDir: {}
    {{- end }}
  - name: tmp
    emptyDir:
      sizeLimit: 256Mi
{{- with $root.Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
